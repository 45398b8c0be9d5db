/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define COT_CABINET_MAX_PARTS 100

/* What a cabinet says of its place in a set. Only this little of an archive is read outside the
 * worker, because only the parent can get at the other parts. */
typedef struct
{
  guint64 length_bytes;
  guint set_id;
  guint index; /* in the set, from 0 */
  char *previous; /* nullable: the name of the part before; valid UTF-8, without folders */
  char *next; /* nullable */
} CotCabinetLinks;

/* FALSE: it is no cabinet, or its head is broken. */
gboolean cot_cabinet_read_links (int fd, CotCabinetLinks *links);
void cot_cabinet_clear_links (CotCabinetLinks *links);

/* A part by its name: a descriptor, or -1, with an error only where it must end. */
typedef int (*CotCabinetOpenFunc) (const char *name, gpointer data, GCancellable *cancellable,
                                   GError **error);

/* Whether the part before @links is there, and says that these belong behind it. Where @fd is not
 * NULL, it gets that part. */
gboolean cot_cabinet_has_previous (const CotCabinetLinks *links, CotCabinetOpenFunc open_part,
                                   gpointer data, int *fd, GCancellable *cancellable,
                                   GError **error);
/* Takes @fd. All parts from there on, one behind the other, as a descriptor; where there is but
 * one, @fd itself. @missing: (transfer full) (nullable): the name of a part that is not there. */
int cot_cabinet_join (int fd, CotCabinetOpenFunc open_part, gpointer data, char **missing,
                      GCancellable *cancellable, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CotCabinetLinks, cot_cabinet_clear_links)

G_END_DECLS
