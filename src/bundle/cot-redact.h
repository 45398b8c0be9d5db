/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-source.h"

G_BEGIN_DECLS

/* A copy without the address of an upload. */
CotSource *cot_redact_source (CotSource *source, GError **error);

G_END_DECLS
