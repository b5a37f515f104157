//! The command line: one file a command, JSON out.
