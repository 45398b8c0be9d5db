/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-sandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__) && !defined(__ILP32__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__) && defined(__AARCH64EL__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE

#ifndef SECCOMP_RET_KILL_PROCESS
#define SECCOMP_RET_KILL_PROCESS 0x80000000U
#endif

#define MAX_INSTRUCTIONS 96

/* Jumps reach over 255 instructions at most, so each call answers for itself:
 * "if it is this one, return; else go on". */
#define LOAD(member) BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, member))
/* The low half; both architectures are little-endian. */
#define LOAD_ARGUMENT(n) LOAD (args[n])
#define RETURN(action) BPF_STMT (BPF_RET | BPF_K, (action))
#define SKIP_UNLESS_EQUAL(value, n) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (n))
#define SKIP_UNLESS_ANY_BIT(bits, n) BPF_JUMP (BPF_JMP | BPF_JSET | BPF_K, (bits), 0, (n))

typedef struct
{
  struct sock_filter instructions[MAX_INSTRUCTIONS];
  unsigned short n;
} Program;

static void
add (Program *program, struct sock_filter instruction)
{
  if (program->n < MAX_INSTRUCTIONS)
    program->instructions[program->n] = instruction;
  program->n++;
}

static void
add_allowed (Program *program, uint32_t call)
{
  add (program, (struct sock_filter) SKIP_UNLESS_EQUAL (call, 1));
  add (program, (struct sock_filter) RETURN (SECCOMP_RET_ALLOW));
}

/* Memory may be had, but never memory that can be executed. */
static void
add_allowed_without_execution (Program *program, uint32_t call, uint32_t refused)
{
  add (program, (struct sock_filter) SKIP_UNLESS_EQUAL (call, 4));
  add (program, (struct sock_filter) LOAD_ARGUMENT (2));
  add (program, (struct sock_filter) SKIP_UNLESS_ANY_BIT (PROT_EXEC, 1));
  add (program, (struct sock_filter) RETURN (refused));
  add (program, (struct sock_filter) RETURN (SECCOMP_RET_ALLOW));
}

/* abort() sends its signal this way; nobody else is to get one. */
static void
add_allowed_to_itself (Program *program, uint32_t call, uint32_t refused)
{
  add (program, (struct sock_filter) SKIP_UNLESS_EQUAL (call, 4));
  add (program, (struct sock_filter) LOAD_ARGUMENT (0));
  add (program, (struct sock_filter) SKIP_UNLESS_EQUAL ((uint32_t) getpid (), 1));
  add (program, (struct sock_filter) RETURN (SECCOMP_RET_ALLOW));
  add (program, (struct sock_filter) RETURN (refused));
}

/* What reading, unpacking, and answering take, and how a process ends. No call in this list
 * takes a name: nothing can be opened. */
static const uint32_t allowed[] = {
  SYS_read,
  SYS_pread64,
  SYS_write,
  SYS_close,
  SYS_brk,
  SYS_munmap,
  SYS_mremap,
  SYS_madvise,
  SYS_futex,
  SYS_getrandom,
  SYS_clock_gettime,
  SYS_getpid,
  SYS_gettid,
  SYS_rt_sigprocmask,
  SYS_rt_sigreturn,
  SYS_restart_syscall,
#if defined(__SANITIZE_ADDRESS__)
  SYS_sigaltstack,
  SYS_sched_yield,
#endif
  SYS_exit,
  SYS_exit_group,
};

static void
write_program (Program *program, bool kill)
{
  uint32_t refused = kill ? SECCOMP_RET_KILL_PROCESS : SECCOMP_RET_ERRNO | EPERM;

  add (program, (struct sock_filter) LOAD (arch));
  add (program, (struct sock_filter) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
  add (program, (struct sock_filter) RETURN (SECCOMP_RET_KILL_PROCESS));
  add (program, (struct sock_filter) LOAD (nr));
  for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
    add_allowed (program, allowed[i]);
  add_allowed_without_execution (program, SYS_mmap, refused);
  add_allowed_without_execution (program, SYS_mprotect, refused);
  add_allowed_to_itself (program, SYS_tgkill, refused);
  add (program, (struct sock_filter) RETURN (refused));
}

bool
cot_sandbox_install_filter (bool kill)
{
  Program program = { .n = 0 };
  struct sock_fprog description = { .filter = program.instructions };

  write_program (&program, kill);
  if (program.n > MAX_INSTRUCTIONS)
    return false;
  description.len = program.n;
  return prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &description, 0, 0) == 0;
}

#else

/* Nobody has checked the list on this architecture: no list, no worker. */
bool
cot_sandbox_install_filter (bool kill)
{
  (void) kill;
  return false;
}

#endif
