/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-sandbox.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Kernel headers of the oldest platform end at Landlock's second version, and the C library has
 * no functions for it: numbers and bits are those of Documentation/userspace-api/landlock.rst. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#endif
#ifndef SYS_landlock_restrict_self
#define SYS_landlock_restrict_self 446
#endif

#define CREATE_RULESET_VERSION 1u

/* Version 1 has 13 rights on files; 2 adds linking across folders, 3 truncating, 5 ioctl. */
#define FILES_1 ((UINT64_C (1) << 13) - 1)
#define FILES_2 (UINT64_C (1) << 13)
#define FILES_3 (UINT64_C (1) << 14)
#define FILES_5 (UINT64_C (1) << 15)
/* Version 4: binding and connecting TCP sockets. */
#define NETWORK_4 UINT64_C (3)
/* Version 6: abstract Unix sockets and signals to processes outside. */
#define SCOPES_6 UINT64_C (3)

typedef struct
{
  uint64_t files;
  uint64_t network;
  uint64_t scopes;
} Ruleset;

/* All rights that this kernel can take away; no rule gives any of them back. A kernel ignores
 * members that it does not know as long as they are zero. */
static Ruleset
everything (long version)
{
  Ruleset ruleset = { .files = FILES_1 };

  if (version >= 2)
    ruleset.files |= FILES_2;
  if (version >= 3)
    ruleset.files |= FILES_3;
  if (version >= 4)
    ruleset.network = NETWORK_4;
  if (version >= 5)
    ruleset.files |= FILES_5;
  if (version >= 6)
    ruleset.scopes = SCOPES_6;
  return ruleset;
}

bool
cot_sandbox_give_up_files (void)
{
  Ruleset ruleset;
  bool restricted;
  long version;
  long fd;

  version = syscall (SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
  /* Built without it, or switched off at boot: the seccomp list alone stands, which knows no call
   * that opens anything. Every other failure is one. */
  if (version < 0)
    return errno == ENOSYS || errno == EOPNOTSUPP;

  ruleset = everything (version);
  fd = syscall (SYS_landlock_create_ruleset, &ruleset, sizeof ruleset, 0);
  if (fd < 0)
    return false;
  restricted = syscall (SYS_landlock_restrict_self, fd, 0) == 0;
  close ((int) fd);
  return restricted;
}
