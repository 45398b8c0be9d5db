/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

typedef enum
{
  COT_SANDBOX_DEFAULT = 0,
  COT_SANDBOX_KILL = 1 << 0, /* a forbidden call ends the process, instead of failing */
  COT_SANDBOX_WITHOUT_LANDLOCK = 1 << 1, /* as on a kernel that has none; for tests */
  COT_SANDBOX_WITHOUT_SECCOMP = 1 << 2, /* to test what Landlock does alone */
} CotSandboxFlags;

/* Descriptors below this one stay open: requests, replies, errors, the archive. */
#define COT_SANDBOX_FIRST_CLOSED_FD 4

/* Locks the process in, for good. NULL: done; else the name of the step that failed, and the
 * process must not go on. */
const char *cot_sandbox_enter (CotSandboxFlags flags);

/* The steps that have a file of their own. */
bool cot_sandbox_install_filter (bool kill);
bool cot_sandbox_give_up_files (void);
