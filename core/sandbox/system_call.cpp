#include "sandbox/system_call.h"

#include <fmt/format.h>
#include <sys/syscall.h>

namespace caseaudit::sandbox {
namespace {

struct Call {
    int number;
    const char* name;
};

#define CASEAUDIT_CALL(name) \
    { SYS_##name, #name }
constexpr Call calls[] = {
#ifdef SYS_open  // the newer systems have only the variants that name a folder
    CASEAUDIT_CALL(open),
    CASEAUDIT_CALL(fork),
    CASEAUDIT_CALL(vfork),
    CASEAUDIT_CALL(stat),
    CASEAUDIT_CALL(lstat),
    CASEAUDIT_CALL(access),
    CASEAUDIT_CALL(poll),
    CASEAUDIT_CALL(select),
    CASEAUDIT_CALL(pipe),
    CASEAUDIT_CALL(dup2),
    CASEAUDIT_CALL(unlink),
    CASEAUDIT_CALL(rename),
    CASEAUDIT_CALL(mkdir),
    CASEAUDIT_CALL(alarm),
#endif
    CASEAUDIT_CALL(openat),
    CASEAUDIT_CALL(read),
    CASEAUDIT_CALL(write),
    CASEAUDIT_CALL(writev),
    CASEAUDIT_CALL(close),
    CASEAUDIT_CALL(close_range),
    CASEAUDIT_CALL(dup),
    CASEAUDIT_CALL(dup3),
    CASEAUDIT_CALL(fcntl),
    CASEAUDIT_CALL(ftruncate),
    CASEAUDIT_CALL(pwrite64),
    CASEAUDIT_CALL(pread64),
    CASEAUDIT_CALL(newfstatat),
    CASEAUDIT_CALL(statx),
    CASEAUDIT_CALL(getdents64),
    CASEAUDIT_CALL(unlinkat),
    CASEAUDIT_CALL(renameat2),
    CASEAUDIT_CALL(mkdirat),
    CASEAUDIT_CALL(symlinkat),
    CASEAUDIT_CALL(faccessat),
    CASEAUDIT_CALL(chdir),
    CASEAUDIT_CALL(chroot),
    CASEAUDIT_CALL(mount),
    CASEAUDIT_CALL(socket),
    CASEAUDIT_CALL(socketpair),
    CASEAUDIT_CALL(connect),
    CASEAUDIT_CALL(bind),
    CASEAUDIT_CALL(listen),
    CASEAUDIT_CALL(sendto),
    CASEAUDIT_CALL(sendmsg),
    CASEAUDIT_CALL(recvmsg),
    CASEAUDIT_CALL(execve),
    CASEAUDIT_CALL(execveat),
    CASEAUDIT_CALL(clone),
    CASEAUDIT_CALL(clone3),
    CASEAUDIT_CALL(unshare),
    CASEAUDIT_CALL(setns),
    CASEAUDIT_CALL(wait4),
    CASEAUDIT_CALL(ptrace),
    CASEAUDIT_CALL(process_vm_readv),
    CASEAUDIT_CALL(process_vm_writev),
    CASEAUDIT_CALL(pidfd_open),
    CASEAUDIT_CALL(kill),
    CASEAUDIT_CALL(tgkill),
    CASEAUDIT_CALL(tkill),
    CASEAUDIT_CALL(rt_sigqueueinfo),
    CASEAUDIT_CALL(setitimer),
    CASEAUDIT_CALL(timer_create),
    CASEAUDIT_CALL(timerfd_create),
    CASEAUDIT_CALL(mmap),
    CASEAUDIT_CALL(mprotect),
    CASEAUDIT_CALL(mlock),
    CASEAUDIT_CALL(mlockall),
    CASEAUDIT_CALL(memfd_create),
    CASEAUDIT_CALL(shmget),
    CASEAUDIT_CALL(shmat),
    CASEAUDIT_CALL(userfaultfd),
    CASEAUDIT_CALL(io_uring_setup),
    CASEAUDIT_CALL(bpf),
    CASEAUDIT_CALL(perf_event_open),
    CASEAUDIT_CALL(prctl),
    CASEAUDIT_CALL(seccomp),
    CASEAUDIT_CALL(setrlimit),
    CASEAUDIT_CALL(prlimit64),
    CASEAUDIT_CALL(setuid),
    CASEAUDIT_CALL(setgid),
    CASEAUDIT_CALL(setsid),
    CASEAUDIT_CALL(setpriority),
    CASEAUDIT_CALL(sched_setaffinity),
    CASEAUDIT_CALL(personality),
    CASEAUDIT_CALL(reboot),
    CASEAUDIT_CALL(ppoll),
    CASEAUDIT_CALL(pselect6),
    CASEAUDIT_CALL(epoll_create1),
    CASEAUDIT_CALL(inotify_init1),
    CASEAUDIT_CALL(add_key),
};
#undef CASEAUDIT_CALL

}  // namespace

std::string system_call_name(int number) {
    for (const auto& call : calls)
        if (call.number == number) return call.name;
    return fmt::format("system call {}", number);
}

}  // namespace caseaudit::sandbox
