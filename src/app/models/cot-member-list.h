/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* The members of a bundle in the order in which people look for them: by computer, logs first and
 * by whose they are, then what else can be read, then what cannot. */
typedef enum
{
  COT_MEMBER_SECTION_CLIENT,
  COT_MEMBER_SECTION_CLIENT_SETUP,
  COT_MEMBER_SECTION_INTUNE_AGENT,
  COT_MEMBER_SECTION_SITE_SERVER,
  COT_MEMBER_SECTION_WINDOWS,
  COT_MEMBER_SECTION_OTHER_LOGS,
  COT_MEMBER_SECTION_REGISTRY,
  COT_MEMBER_SECTION_TEXTS,
  COT_MEMBER_SECTION_FILES, /* no text, or not read */
  COT_MEMBER_SECTION_NOT_COLLECTED,
} CotMemberSection;

typedef struct
{
  guint member; /* index in the case */
  CotMemberSection section;
  gboolean is_older; /* an older part of the log above it */
  guint n_older;     /* of a log: how many older parts stand below it */
} CotMemberPlace;

/* (element-type CotMemberPlace) (transfer full). Members that could not be read are left out: the
 * case says of them why. */
GArray *cot_member_list_new (CotCase *a_case);
/* The log to open where nothing says which; (nullable): it has none. */
CotLog *cot_member_list_get_first_log (CotCase *a_case);
/* The heading of a section, for people. */
const char *cot_member_section_get_title (CotMemberSection section);

G_END_DECLS
