/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Valid as the parent will check it: no surrogates, no overlong forms, nothing above U+10FFFF. */
bool cot_name_is_utf8 (const uint8_t *bytes, size_t length_bytes);

/* Writes a name as a label: UTF-8 (what is not is taken for CP437), '/' between folders, NUL
 * shown as U+2400. @into has room for three bytes for each byte of the name. Gives the length. */
size_t cot_name_to_label (const uint8_t *name, size_t length_bytes, char *into);
