//! Money comes in, fails to come, is disputed and goes back: each scenario by keys.
