using System.Net.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Signing;
using SsaShare.Storage;

namespace SsaShare.Node;

/// <summary>Compares a stopped node's log with what its folder, its store and every peer as its witness have seen of it. Signs nothing and writes nothing into the log.</summary>
public static class LogInspection
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <param name="folder">The node's; the caller holds its lock.</param>
    /// <param name="configuration">Settings beyond those in the folder.</param>
    /// <param name="cards">Of peers that are asked too: the restored database knows only those that were pinned before the backup.</param>
    /// <exception cref="InvalidDataException">The folder holds no node, its settings are wrong, or a card is the node's own or one of two of one partner.</exception>
    /// <exception cref="KeyFileException">A key is missing, or not usable.</exception>
    public static async Task<LogLoss> LookAsync(NodeFolder folder, IEnumerable<KeyValuePair<string, string?>> configuration, IReadOnlyList<SignedNodeCard> cards, CancellationToken cancellationToken)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(folder.SettingsFile), optional: true).AddEnvironmentVariables("SSA_").AddInMemoryCollection(configuration).Build();
        using var identity = NodeIdentity.Load(folder, PassphraseSettings.Of(settings, folder));
        if (cards.GroupBy(card => card.Card.PartnerId).FirstOrDefault(of => of.Count() > 1 || of.Key == identity.Partner.Value) is { } twice) throw new InvalidDataException($"Which card of '{twice.Key}' to ask by is not clear: name one card for each peer, and none of this node.");
        await using var database = await DatabaseLease.OpenAsync(folder, settings, cancellationToken);
        await NodeStore.MigrateAsync(database.OwnerConnection, new NpgsqlConnectionStringBuilder(database.AppConnection).Username!, cancellationToken);
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(settings).AddSingleton(_ => identity).AddStorage(database.AppConnection)
            .AddSingleton(provider => new PeerDirectory(identity, new AskedPeers(provider.GetRequiredService<IPeerStore>(), cards))).AddPeering();
        await using var provider = services.BuildServiceProvider();
        var directory = provider.GetRequiredService<PeerDirectory>();
        await directory.LoadAsync(cancellationToken);
        return await LookAsync(identity, folder, directory, provider.GetRequiredService<INodeLog>(), provider.GetRequiredService<IWitnessClient>(), cancellationToken);
    }

    /// <summary>The same, over given parts.</summary>
    internal static async Task<LogLoss> LookAsync(NodeIdentity identity, ILastCheckpoint folder, PeerDirectory directory, INodeLog log, IWitnessClient client, CancellationToken cancellationToken)
    {
        string origin = identity.LogSigner.Name;
        var head = await log.GetHeadAsync(cancellationToken);
        List<(string Source, string Note)> notes = [];
        if (await folder.ReadCheckpointAsync(cancellationToken) is { } own) notes.Add((folder.CheckpointFile, own));
        if (await log.GetCheckpointAsync(cancellationToken) is { } stored) notes.Add(("the database", stored.Note));
        var silent = new List<(PartnerId, string)>();
        var peers = directory.Peers.Select(peer => peer.Partner).Where(peer => peer != identity.Partner).OrderBy(peer => peer.Value, StringComparer.Ordinal).ToList();
        foreach (var (peer, note, fault) in await Task.WhenAll(peers.Select(peer => AskAsync(peer, origin, client, cancellationToken))))
        {
            if (note is not null) notes.Add(($"'{peer}'", note));
            else if (fault is not null) silent.Add((peer, fault));
        }

        var sightings = new List<LogSighting>();
        foreach (var (source, note) in notes)
        {
            // What is not signed by this node's key, or by one that was revoked, says nothing of its log.
            if (!directory.TryOpenCheckpoint(identity.Partner, note, out var seen, out _) || seen.Origin != origin || !RevokedLogKeys.Counts(note, identity.Partner, directory.Keys)) continue;
            sightings.Add(new LogSighting(source, new LogHead(seen.Size, seen.Root), seen.Size <= head.Size && await log.GetRootAsync(seen.Size, cancellationToken) == seen.Root));
        }
        long held = sightings.Where(one => one.IsContained).Select(one => one.Head.Size).DefaultIfEmpty(0).Max();
        return new LogLoss(origin, head, held, await TimeOfAsync(identity, log, held, cancellationToken), [.. sightings.OrderByDescending(one => one.Head.Size)], silent);
    }

    private static async Task<(PartnerId Peer, string? Note, string? Fault)> AskAsync(PartnerId peer, string origin, IWitnessClient client, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CallTimeout);
        try
        {
            return (peer, await client.GetCheckpointAsync(peer, origin, limit.Token), null);
        }
        catch (HttpRequestException e)
        {
            return (peer, null, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (peer, null, $"no answer within {CallTimeout.TotalSeconds:0} s");
        }
    }

    private static async Task<DateTimeOffset> TimeOfAsync(NodeIdentity identity, INodeLog log, long size, CancellationToken cancellationToken)
    {
        if (size > 0)
            await foreach (var entry in log.ReadAsync(size - 1, size, cancellationToken)) return DateTimeOffset.FromUnixTimeSeconds(Utc.ToDateTime(entry.Time).ToUnixTimeSeconds());
        return identity.Keys.First.Card.IssuedAt;
    }
}
