//! Linux: the disks, and who holds a file.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::FileKey;

/// A process that holds a lock on a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    /// Its number, where the system tells.
    pub(crate) pid: Option<u32>,
    /// Its user's name, where the system tells.
    pub(crate) user: Option<String>,
    /// Whether it may write.
    pub(crate) writes: bool,
}

/// `f_type` of file systems that lie on another computer, or that answer for one (`linux/magic.h`, `statfs(2)`).
const SHARES: [i128; 13] = [
    0x6969,      // nfs
    0x517b,      // smb
    0xff53_4d42, // cifs
    0xfe53_4d42, // smb2, smb3
    0x0102_1997, // 9p: a host's folder in a virtual machine
    0x00c3_6400, // ceph
    0x5346_414f, // afs
    0x6b41_4653, // afs of the kernel
    0x7375_7245, // coda
    0x564c,      // ncp
    0x0116_1970, // gfs2
    0x7461_636f, // ocfs2
    0x0bd0_0bd0, // lustre
];

const FUSE: i128 = 0x6573_5546;

/// The same by name, for those in user space, which share one number.
const SHARES_IN_USER_SPACE: [&str; 7] =
    ["fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs", "fuse.davfs2", "fuse.gvfsd-fuse", "virtiofs"];

/// Whether the disk of `path` is another computer's.
pub(crate) fn is_network_share(path: &Path) -> io::Result<bool> {
    let kind = i128::from(rustix::fs::statfs(path)?.f_type) & 0xffff_ffff;
    if kind != FUSE {
        return Ok(SHARES.contains(&kind));
    }
    let device = fs::metadata(path)?.dev();
    let device = format!("{}:{}", rustix::fs::major(device), rustix::fs::minor(device));
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    Ok(kind_of_mount(&mounts, &device).is_some_and(|kind| SHARES_IN_USER_SPACE.contains(&kind)))
}

/// The file system's name of a device in the text of `/proc/self/mountinfo` (`proc_pid_mountinfo(5)`).
fn kind_of_mount<'m>(mounts: &'m str, device: &str) -> Option<&'m str> {
    let mount = mounts.lines().find(|line| line.split(' ').nth(2) == Some(device))?;
    mount.split_once(" - ")?.1.split(' ').next()
}

/// Who holds locks on these files, or `None` where the system does not tell.
pub(crate) fn holders(files: &[FileKey]) -> Option<Vec<Holder>> {
    let locks = fs::read_to_string("/proc/locks").ok()?;
    let named = |(pid, writes): (Option<u32>, bool)| Holder { pid, user: pid.and_then(user_of), writes };
    Some(locks.lines().filter_map(|line| lock(line, files)).map(named).collect())
}

/// Process and "may write" of one line of `/proc/locks`, when it is a lock on one of the files that is held, not
/// waited for (`proc_locks(5)`: `1: POSIX ADVISORY WRITE 4242 08:01:131090 0 EOF`). The device is not compared: on
/// btrfs and overlayfs it is another one than `stat` gives.
fn lock(line: &str, files: &[FileKey]) -> Option<(Option<u32>, bool)> {
    let mut words = line.split_ascii_whitespace().skip(1);
    if !matches!(words.next()?, "POSIX" | "OFDLCK") {
        return None;
    }
    let writes = words.nth(1)? == "WRITE";
    let pid = words.next()?.parse().ok().filter(|&pid: &u32| pid != 0);
    let inode: u64 = words.next()?.rsplit(':').next()?.parse().ok()?;
    files.iter().any(|file| file.inode == inode).then_some((pid, writes))
}

fn user_of(pid: u32) -> Option<String> {
    let user = fs::metadata(format!("/proc/{pid}")).ok()?.uid().to_string();
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let mut users = users.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let name = users.find(|fields| fields.get(2) == Some(&user.as_str())).map(|fields| fields[0].to_owned());
    name.or(Some(user))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(inode: u64) -> FileKey {
        FileKey { device: 1, inode }
    }

    #[test]
    fn a_held_lock_names_its_process_and_a_waiting_one_does_not() {
        let files = [file(131_090), file(7)];
        for (line, expected) in [
            ("1: POSIX  ADVISORY  WRITE 4242 08:01:131090 0 EOF", Some((Some(4242), true))),
            ("2: POSIX  ADVISORY  READ 17 fd:00:7 128 128", Some((Some(17), false))),
            ("2: OFDLCK ADVISORY  READ -1 fd:00:7 128 128", Some((None, false))),
            ("3: POSIX  ADVISORY  WRITE 0 00:2f:7 0 EOF", Some((None, true))),
            ("1: -> POSIX  ADVISORY  WRITE 4243 08:01:131090 0 EOF", None),
            ("4: FLOCK  ADVISORY  WRITE 9 08:01:131090 0 EOF", None),
            ("5: POSIX  ADVISORY  WRITE 9 08:01:99 0 EOF", None),
            ("", None),
        ] {
            assert_eq!(lock(line, &files), expected, "{line}");
        }
    }

    #[test]
    fn a_share_in_user_space_is_told_by_name() {
        let mounts = "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue\n\
                      92 22 0:51 / /home/ann/shop rw shared:1 - fuse.sshfs ann@shop: rw,user_id=1000\n";
        assert_eq!(kind_of_mount(mounts, "0:51"), Some("fuse.sshfs"));
        assert_eq!(kind_of_mount(mounts, "98:0"), Some("ext3"));
        assert_eq!(kind_of_mount(mounts, "0:5"), None);
    }

    #[test]
    fn the_disk_of_this_computer_is_no_share() {
        assert!(!is_network_share(Path::new("/proc")).unwrap());
    }
}
