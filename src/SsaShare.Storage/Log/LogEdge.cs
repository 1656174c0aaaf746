using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Storage;

/// <summary>The log's right edge within one transaction that holds the head's lock: takes events, and writes entries and the tiles that they fill.</summary>
/// <param name="log">The tree of what is written.</param>
internal sealed class LogEdge(CompactRange log)
{
    /// <summary>As many entries as are sooner sent by COPY, which takes two more round trips.</summary>
    private const int CopyFrom = 64;

    private readonly LogTileWriter _tiles = new(log.Size);
    private readonly List<LogEntry> _entries = [];
    private readonly List<PlacedHash> _completed = [];
    private ReadOnlyMemory<byte> _salts;

    /// <summary>Size and right edge with everything written: <see cref="CompactRange.ToBytes"/>.</summary>
    public byte[] ToBytes() => log.ToBytes();

    /// <summary>Size and root of a log by its right edge.</summary>
    public static LogHead ReadHead(byte[] frontier)
        => CompactRange.TryRead(frontier, out var read) ? new LogHead(read.Size, read.Root) : throw new InvalidDataException("The head's log frontier is not one.");

    /// <returns>The event's index.</returns>
    public long Append(LogEvent logEvent, Epoch now)
    {
        var entry = new LogEntry(log.Size + _entries.Count, logEvent, NextSalt(), now);
        _entries.Add(entry);
        return entry.Index;
    }

    /// <summary>Writes what was taken since the last time: much by COPY at once, little with the batch.</summary>
    public async Task WriteAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        if (_entries.Count == 0) return;
        if (_entries.Count < CopyFrom) batch.BatchCommands.Add(Insert());
        else await CopyAsync(batch.Connection!, cancellationToken);
        AddPublications(batch);
        _entries.Clear();
        await _tiles.WriteAsync(batch, cancellationToken);
    }

    private NpgsqlBatchCommand Insert()
    {
        var command = new NpgsqlBatchCommand("INSERT INTO log_entry (index, kind, body, salt, time_ns, commitment, peer, agreement) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)");
        Add(NpgsqlDbType.Bigint, entry => entry.Index);
        Add(NpgsqlDbType.Text, entry => entry.Event.Kind);
        Add(NpgsqlDbType.Bytea, entry => entry.Event.Body);
        Add(NpgsqlDbType.Bytea, entry => entry.Salt);
        Add(NpgsqlDbType.Bigint, entry => entry.Time.NanosecondsSinceJ2000);
        Add(NpgsqlDbType.Bytea, Commit);
        Add(NpgsqlDbType.Text, entry => entry.Event.Peer?.Value);
        Add(NpgsqlDbType.Bytea, entry => entry.Event.Agreement?.Value.ToArray());
        return command;

        void Add<T>(NpgsqlDbType type, Func<LogEntry, T> column)
            => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. _entries.Select(column)], NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private void AddPublications(NpgsqlBatch batch)
    {
        var about = _entries.SelectMany(entry => entry.Event.Publications, (entry, publication) => (entry.Index, Publication: publication.ToArray())).ToList();
        if (about.Count == 0) return;
        batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO log_publication (index, publication) SELECT * FROM unnest($1, $2)")
        {
            Parameters = { new NpgsqlParameter<long[]> { TypedValue = [.. about.Select(one => one.Index)] }, new NpgsqlParameter<byte[][]> { TypedValue = [.. about.Select(one => one.Publication)] } },
        });
    }

    private async Task CopyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY log_entry (index, kind, body, salt, time_ns, commitment, peer, agreement) FROM STDIN (FORMAT BINARY)", cancellationToken);
        // The server works on what it has already while the next entries are hashed.
        foreach (var entry in _entries)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(entry.Index, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(entry.Event.Kind, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(entry.Event.Body, NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(entry.Salt, NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(entry.Time.NanosecondsSinceJ2000, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(Commit(entry), NpgsqlDbType.Bytea, cancellationToken);
            if (entry.Event.Peer is { } peer) await copy.WriteAsync(peer.Value, NpgsqlDbType.Text, cancellationToken);
            else await copy.WriteNullAsync(cancellationToken);
            if (entry.Event.Agreement is { } agreement) await copy.WriteAsync(agreement.Value.ToArray(), NpgsqlDbType.Bytea, cancellationToken);
            else await copy.WriteNullAsync(cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>Puts an entry into the tree, once and in order.</summary>
    /// <returns>What the tree holds of it.</returns>
    private byte[] Commit(LogEntry entry)
    {
        var commitment = entry.Commitment;
        _completed.Clear();
        log.Append(commitment.LeafHash, _completed);
        _tiles.Add(_completed);
        return commitment.Value.ToArray();
    }

    /// <summary>From the operating system's random numbers, which are asked for several at a time.</summary>
    private ReadOnlyMemory<byte> NextSalt()
    {
        if (_salts.IsEmpty) _salts = RandomNumberGenerator.GetBytes(EntryCommitment.SaltSize * (_entries.Count == 0 ? 4 : 256));
        var salt = _salts[..EntryCommitment.SaltSize];
        _salts = _salts[EntryCommitment.SaltSize..];
        return salt;
    }
}
