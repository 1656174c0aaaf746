using Npgsql;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Stored entries to domain types.</summary>
internal static class LogEntryReader
{
    /// <summary>What <see cref="Read"/> takes, in its order.</summary>
    public const string Columns = "index, kind, body, salt, time_ns, peer, agreement";

    public static LogEntry Read(NpgsqlDataReader reader)
    {
        var logEvent = new LogEvent(reader.GetString(1), reader.GetFieldValue<byte[]>(2))
        {
            Peer = reader.IsDBNull(5) ? null : PartnerId.Parse(reader.GetString(5)),
            Agreement = reader.IsDBNull(6) ? null : new AgreementId(new Hash256(reader.GetFieldValue<byte[]>(6))),
        };
        return new LogEntry(reader.GetInt64(0), logEvent, reader.GetFieldValue<byte[]>(3), new Epoch(reader.GetInt64(4)));
    }
}
