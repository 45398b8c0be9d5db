/* SPDX-License-Identifier: GPL-3.0-or-later */

/* make-evtx FILE N: an event log of N events, of all kinds of values, for tests of the programs. */

#include <stdlib.h>

#include "evtx-maker.h"

#define FILETIME G_GUINT64_CONSTANT (134397943613270000)
#define SECOND G_GUINT64_CONSTANT (10000000)

static const char name[] = "C\0o\0n\0t\0o\0s\0o\0";
static const char words[] = "o\0n\0e\0\0\0t\0w\0o\0\0";
static const char not_configured[] = "\x2b\x00\x18\x80";
static const char number[] = "\x2a\0\0\0\0\0\0";
static const char sid[] = "\1\2\0\0\0\0\0\5\x20\0\0\0\x20\2\0";
static const char guid[] = "\x94\xe4\xa4\x3d\xe2\x0f\x5c\x41\xb8\x95\xfb\x52\x65\xc5\xc8\x3b";
static const char moment[] = "\x30\xd2\x8a\x3f\xbe\x79\xdd\1";

static const EvtxDatum all_kinds[] = {
  { "Text", 0x01, name, 14 },  { "Small", 0x04, number, 1 },   { "Count", 0x08, number, 4 },
  { "Large", 0x0a, number, 8 }, { "Flag", 0x0d, number, 4 },   { "Bytes", 0x0e, guid, 5 },
  { "Key", 0x0f, guid, 16 },   { "Moment", 0x11, moment, 8 },  { "Who", 0x13, sid, 16 },
  { "Code", 0x14, not_configured, 4 },
};
static const EvtxDatum enroll[] = {
  { "HexInt1", 0x14, "\0\0\0", 4 },
  { "HRESULT", 0x14, not_configured, 4 },
};
static const EvtxDatum classic[] = { { NULL, 0x01, words, 6 }, { NULL, 0x01, name, 14 } };

static EvtxEvent
make_event (guint number_of_event)
{
  EvtxEvent event = {
    .provider = "Contoso-Agent",
    .channel = "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider/Admin",
    .computer = "PC01",
    .id = 100,
    .level = 4,
    .filetime = FILETIME + number_of_event * SECOND,
    .process_id = 712,
    .thread_id = 7120 + number_of_event % 5,
    .data = all_kinds,
    .n_data = G_N_ELEMENTS (all_kinds),
  };

  if (number_of_event % 3 == 1)
    {
      event.provider = "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider";
      event.id = 76;
      event.level = 2;
      event.data = enroll;
      event.n_data = G_N_ELEMENTS (enroll);
    }
  else if (number_of_event % 3 == 2)
    {
      event.id = 1;
      event.data = classic;
      event.n_data = G_N_ELEMENTS (classic);
    }
  return event;
}

int
main (int argc, char **argv)
{
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  g_autoptr (GByteArray) file = NULL;
  guint n = argc == 3 ? (guint) strtoul (argv[2], NULL, 10) : 0;

  if (argc != 3)
    return EXIT_FAILURE;
  for (guint i = 0; i < n; i++)
    {
      EvtxEvent event = make_event (i);

      if (evtx_maker_add (maker, &event))
        continue;
      evtx_maker_end_chunk (maker);
      if (!evtx_maker_add (maker, &event))
        return EXIT_FAILURE;
    }
  file = evtx_maker_finish (maker);
  return g_file_set_contents (argv[1], (const char *) file->data, file->len, NULL) ? EXIT_SUCCESS
                                                                                   : EXIT_FAILURE;
}
