/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What calls a small number an error. It is read in texts and written into patterns: both must find
 * the same, so all rules of it stand here. The words are ASCII, in small letters, and hold no sign
 * that a pattern knows but (). */

/* What may stand between such a word and its number; at least one of them does. */
#define COT_CODE_SIGNS " =:(['\""

/* Below 1000 programs have numbers of their own behind these. */
static const char *const cot_code_words[]
    = { "error",        "error code",     "errorcode",    "exitcode",
        "exit code",    "return code",    "returncode",   "error status",
        "is returning", "exited with",    "lpexitcode",   "completed with status",
        NULL };

static const char *const cot_code_system_words[]
    = { "win32 error", "win32 error code", "getlasterror", "getlasterror()", "lasterror",
        "last error",  "system error",     "gle",          NULL };

/* A number of WinHTTP can hardly be another one behind these, in a text that speaks of an error:
 * "Code=12007, Text=ERROR_WINHTTP_NAME_NOT_RESOLVED", "WinHttpSendRequest failed (12029)". */
static const char *const cot_code_winhttp_words[]
    = { "code",   "status",   "result",  "failed",             "failure",
        "with",   "reason",   "returned", "returns",           "hr",
        "hresult", "rc",      "err",     "gle",                "winhttp",
        "wininet", "winhttpsendrequest", "winhttpreceiveresponse", NULL };

/* A text with one of these, if only in a word, tells of a failure or of calls that fail so. */
static const char *const cot_code_error_words[]
    = { "error", "fail", "http", "wininet", "cannot", "could not", "unable", NULL };

/* A number with one of these behind it, also with an s, is no code: "12007 bytes". */
static const char *const cot_code_units[]
    = { "byte", "kb",   "mb",  "gb",     "kib",  "mib", "ms",
        "msec", "sec",  "second", "file", "row", "item", "tick", NULL };

G_END_DECLS
