/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

typedef enum
{
  COT_MEMBER_LOG, /* *.log, *.lo_, and dated copies */
  COT_MEMBER_TEXT, /* txt, csv, xml, json, ini ... */
  COT_MEMBER_REGISTRY, /* *.reg */
  COT_MEMBER_EVENT_LOG, /* *.evtx: read as rows */
  COT_MEMBER_TRACE, /* *.etl, and event logs of old Windows, *.evt: not read */
  COT_MEMBER_ARCHIVE, /* *.zip, *.cab, *.gz: a bundle inside the bundle */
  COT_MEMBER_REPORT, /* *.htm, *.html, *.mht */
  COT_MEMBER_DUMP, /* *.dmp, *.hdmp: may hold secrets, never read */
  COT_MEMBER_BINARY,
  COT_MEMBER_PLACEHOLDER, /* an empty file whose name says what could not be collected */
  COT_MEMBER_FOLDER_LINK, /* a symbolic link: listed, never followed */
} CotMemberKind;

typedef enum
{
  COT_MEMBER_GROUP_CLIENT,
  COT_MEMBER_GROUP_CLIENT_SETUP,
  COT_MEMBER_GROUP_INTUNE_AGENT,
  COT_MEMBER_GROUP_SITE_SERVER,
  COT_MEMBER_GROUP_WINDOWS,
  COT_MEMBER_GROUP_OTHER,
} CotMemberGroup;

#define COT_N_MEMBER_GROUPS 6

/* What a teacher writes beside the logs of an exercise: with its answer, so it is never read as a
 * log of them. */
#define COT_SCENARIO_FILE "scenario.xml"

/**
 * CotMember:
 * @label: the name as it stands in the bundle, with '/' between folders; valid UTF-8, to be shown
 *   with cot_text_append_visible(); never to be used as a path
 * @base_name: the name of the log without folders, bundle prefix, computer name, copy number and
 *   rollover mark: "LocationServices.log"; compare case-insensitively
 * @generation: what the rollover mark was: "" for the log itself, "lo_", "20240924-100311"; ".old"
 *   with what parts it from the name where it does not say how old the part is
 * @kind: what it is, by its name
 * @group: whose log it is, by its name and folder
 * @size_bytes: as the bundle declares it; what is read may be less
 * @modified_usec: wall clock in an archive, UTC in a folder; %COT_TIME_NONE where unknown
 * @modified_is_utc: which of the two
 * @device: (nullable): the computer that it comes from, where the names say so; the bundle's
 *
 * One file of a bundle.
 */
typedef struct
{
  char *label;
  char *base_name;
  char *generation;
  CotMemberKind kind;
  CotMemberGroup group;
  guint64 size_bytes;
  gint64 modified_usec;
  gboolean modified_is_utc;
  const char *device;
} CotMember;

/* "log", "text", "registry", "event-log", "trace", "archive", "report", "dump", "binary",
 * "placeholder", "link"; "client", "client-setup", "intune-agent", "site-server", "windows",
 * "other" */
const char *cot_member_kind_to_string (CotMemberKind kind);
const char *cot_member_group_to_string (CotMemberGroup group);
/* Whether there is text in it, or is made of it, that detectors may read. */
gboolean cot_member_kind_is_text (CotMemberKind kind);

/* The identity rule, for any name: a path, a label of a bundle, a bare file name. @device may be
 * NULL; a "<device>_" in front of the name is dropped. Both results are (transfer full). */
void cot_member_identify (const char *name, const char *device, char **base_name,
                          char **generation);
/* What people call a log: "LocationServices.lo_". (transfer full) */
char *cot_member_dup_name (const char *label);

/* Whether a generation says how old the part is: such parts are read as one log. */
gboolean cot_member_generation_is_ordered (const char *generation);

G_END_DECLS
