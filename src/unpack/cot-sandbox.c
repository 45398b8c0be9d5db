/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-sandbox.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The same number on every architecture since Linux 5.9. */
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

#define MEMORY_BYTES ((rlim_t) 512 * 1024 * 1024)
#define CPU_SECONDS 60
#define N_FILES 16

/* Reserves terabytes of address space, which RLIMIT_AS would refuse. */
#if defined(__SANITIZE_ADDRESS__)
#define HAS_SHADOW_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SHADOW_MEMORY 1
#endif
#endif
#ifndef HAS_SHADOW_MEMORY
#define HAS_SHADOW_MEMORY 0
#endif

static bool
close_other_files (void)
{
  struct rlimit limit;

  if (syscall (SYS_close_range, COT_SANDBOX_FIRST_CLOSED_FD, ~0U, 0) == 0)
    return true;
  if (errno != ENOSYS && errno != EPERM)
    return false;

  /* An old kernel, or an outer sandbox that does not know the call. */
  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return false;
  if (limit.rlim_max > 1024 * 1024)
    limit.rlim_max = 1024 * 1024;
  for (int fd = COT_SANDBOX_FIRST_CLOSED_FD; fd < (int) limit.rlim_max; fd++)
    close (fd);
  return true;
}

static bool
set_two_limits (int resource, rlim_t soft, rlim_t hard)
{
  struct rlimit limit = { .rlim_cur = soft, .rlim_max = hard };

  return setrlimit ((__rlimit_resource_t) resource, &limit) == 0;
}

static bool
set_limit (int resource, rlim_t value)
{
  return set_two_limits (resource, value, value);
}

static bool
set_limits (void)
{
  return (HAS_SHADOW_MEMORY || set_limit (RLIMIT_AS, MEMORY_BYTES))
         /* The soft limit's signal tells the parent what it died of; the hard one's does not. */
         && set_two_limits (RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 1)
         && set_limit (RLIMIT_FSIZE, 0)
         && set_limit (RLIMIT_NOFILE, N_FILES)
         && set_limit (RLIMIT_CORE, 0)
         && set_limit (RLIMIT_NPROC, 0);
}

const char *
cot_sandbox_enter (CotSandboxFlags flags)
{
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return "no-new-privileges";
  if (prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    return "dumpable";
  /* A parent that is gone must end the worker, whatever signals were inherited. */
  if (signal (SIGPIPE, SIG_DFL) == SIG_ERR)
    return "signals";
  if (!close_other_files ())
    return "files";
  if (!(flags & COT_SANDBOX_WITHOUT_LANDLOCK) && !cot_sandbox_give_up_files ())
    return "landlock";
  if (!set_limits ())
    return "limits";
  if (!(flags & COT_SANDBOX_WITHOUT_SECCOMP)
      && !cot_sandbox_install_filter ((flags & COT_SANDBOX_KILL) != 0))
    return "seccomp";
  return NULL;
}
