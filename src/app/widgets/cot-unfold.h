/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

void cot_unfold_in_sight (AdwExpanderRow *row);
void cot_unfold_at_once (AdwExpanderRow *row);
