/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-cli.h"

G_BEGIN_DECLS

/* The journeys of all cases; of one area where @area is not NULL. */
void cot_cli_print_journeys (CotCliInput *input, CotCliFormat format, const char *area,
                             CotJson *json);
/* What "no known failure" is worth: signs of health, or none, and which logs are missing. */
void cot_cli_print_verdict (CotCliInput *input);

G_END_DECLS
