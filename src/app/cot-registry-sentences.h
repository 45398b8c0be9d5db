/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-registry-note.h"

G_BEGIN_DECLS

/* What a value of the registry means, as a sentence; NULL where that is not known. To be freed. */
char *cot_sentence_dup_registry_note (CotRegistryNote note, const char *flags);

G_END_DECLS
