/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-status-messages.h"

#include <glib/gi18n.h>

/* The messages of "SMS Server" that the manuals and the troubleshooting articles on
 * learn.microsoft.com name together with what they mean. By the id. */
static const struct
{
  guint id;
  const char *meaning;
} meanings[] = {
  { 679, N_ ("Discovery could not read the list of sites.") },
  { 1015, N_ ("A component was installed on its server.") },
  { 2300, N_ ("The site server begins to process a package.") },
  { 2301, N_ ("The site server has processed a package.") },
  { 2330, N_ ("A package has arrived on a distribution point.") },
  { 2399, N_ ("A distribution point was installed or upgraded.") },
  { 3306, N_ ("Hierarchy Manager has processed a file.") },
  { 4909, N_ ("The site could not publish to an Active Directory forest.") },
  { 5035, N_ ("The backup of the site is complete.") },
  { 6701, N_ ("The synchronization of software updates has started.") },
  { 6702, N_ ("The synchronization of software updates is done.") },
  { 6703, N_ ("The synchronization of software updates failed. See wsyncmgr.log.") },
  { 6704, N_ ("Software updates: the WSUS server is being synchronized.") },
  { 6705, N_ ("Software updates: the site database is being synchronized.") },
  { 6706, N_ ("Software updates: the internet-facing WSUS server is being synchronized.") },
  { 6707, N_ ("A WSUS server differs from the one that it gets its content from.") },
  { 6708, N_ ("Software updates are synchronized; license terms are still to be downloaded.") },
  { 7913, N_ ("An image could not be unmounted after updates were added to it.") },
  { 8200, N_ ("A package is being sent to a distribution point.") },
  { 8211, N_ ("A pull distribution point has no capacity left. It will be tried again.") },
  { 8212, N_ ("A pull distribution point could not be notified. It will be tried again.") },
};

const char *
cot_status_message_get_meaning (guint id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].id == id)
      return _ (meanings[i].meaning);
  return NULL;
}
