/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-cli.h"

G_BEGIN_DECLS

/* The journeys of all cases; of one area where @area is not NULL. */
void cot_cli_print_journeys (CotCliInput *input, CotCliFormat format, const char *area,
                             CotJson *json);

G_END_DECLS
