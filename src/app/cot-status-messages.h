/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a status message of a site server means, as a sentence; NULL where that is not known. */
const char *cot_status_message_get_meaning (guint id);

G_END_DECLS
