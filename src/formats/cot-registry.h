/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-rows.h"

G_BEGIN_DECLS

/* What regedit, reg.exe and the collectors of diagnostics write of the registry. A value is a row:
 * the last part of its key is the component, the key is the context, and the message is
 * 'Name = dword:00000017 (23)', 'Name = "text"' and the like. */
extern const CotConversion cot_conversion_registry;

G_END_DECLS
