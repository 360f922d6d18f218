// without CALL … -- PROGRAM …: runs a program for which these system calls are not there ("no such call"),
// or, written CALL!, not permitted. As in older kernels and in containers.
#include <seccomp.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>

int main(int, char** words) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    for (++words; *words != nullptr && std::string(*words) != "--"; ++words) {
        std::string name = *words;
        const bool forbidden = name.back() == '!';
        if (forbidden) name.pop_back();
        const int call = seccomp_syscall_resolve_name(name.c_str());
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(forbidden ? EPERM : ENOSYS), call, 0) != 0) {
            std::fprintf(stderr, "without: cannot take %s away\n", name.c_str());
            return 99;
        }
    }
    if (*words == nullptr || seccomp_load(filter) != 0) return 99;
    ::execv(words[1], words + 1);
    return 99;
}
