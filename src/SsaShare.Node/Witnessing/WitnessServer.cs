using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Transparency;

namespace SsaShare.Node;

/// <summary>
/// Witness of the pinned peers' logs (C2SP tlog-witness). It cosigns what extends all that it cosigned before, and stores it before the
/// cosignature leaves. A cosignature says that this node saw the log grow without change to the past; it says nothing of what the entries hold.
/// </summary>
public sealed class WitnessServer(NodeIdentity identity, CheckpointWatch watch, IWitnessStore store, PeerDirectory directory, SigningPermit permit, TimeProvider time, ILogger<WitnessServer> logger)
{
    private const int AttemptsMax = 3;

    /// <summary>Each cosigned size stays in the store for ever.</summary>
    private readonly OriginPace _pace = new(time, period: TimeSpan.FromSeconds(0.1), atOnce: 100);

    /// <summary>add-checkpoint.</summary>
    /// <param name="body">Any bytes.</param>
    /// <param name="caller">Who brings it, where the connection says so: it is written down, and decides nothing.</param>
    public async Task<WitnessAnswer> AddCheckpointAsync(ReadOnlyMemory<byte> body, PartnerId? caller, CancellationToken cancellationToken)
    {
        // A node that went back has forgotten what it cosigned. What it has cosigned can still be asked for, so that nodes that start together do not wait for each other.
        if (permit.State != SigningState.Granted) return WitnessAnswer.Refused(503, "This node does not cosign now; try again later.");
        if (!AddCheckpointRequest.TryParse(body.Span, out var request, out string? fault)) return WitnessAnswer.Refused(400, fault);
        if (AddCheckpointRules.Authenticate(request, watch.FindKey, out var checkpoint) is { } refusal) return WitnessAnswer.Refused(refusal.Status, refusal.Reason);
        if (watch.FindKey(checkpoint!.Origin, checkpoint.Size) is not { } key || watch.FindOwner(checkpoint.Origin) is not { } owner) return WitnessAnswer.Refused(404, "No log of this origin is witnessed here.");

        // What is not cosigned is kept too, though not always: it may be half of a proof of misbehaviour.
        string note = CheckpointWatch.OnlyOf(request.Note, key);
        if (watch.FindEnd(checkpoint.Origin) is { } end)
        {
            await watch.HoldAsync(checkpoint, note, caller ?? owner, isPaced: true, cancellationToken);
            return Refuse(checkpoint, caller, 403, $"This log ended when its node was restored from a backup; it goes on as {end.Next.Card.LogKey.Name}.");
        }
        var begin = watch.FindBeginning(checkpoint.Origin);
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var latest = await store.GetLatestAsync(checkpoint.Origin, cancellationToken);
            switch (AddCheckpointRules.Weigh(request, checkpoint, latest?.Head ?? begin))
            {
                case AddCheckpointAnswer.OtherSize other:
                    await watch.HoldAsync(checkpoint, note, caller ?? owner, isPaced: true, cancellationToken);
                    return WitnessAnswer.OtherSize(other.LatestSize);
                case AddCheckpointAnswer.Refused refused:
                    await watch.HoldAsync(checkpoint, note, caller ?? owner, isPaced: true, cancellationToken);
                    return Refuse(checkpoint, caller, refused.Status, refused.Reason);
                case AddCheckpointAnswer.Cosign when checkpoint.Size > (latest?.Head.Size ?? 0) && !_pace.TryEnter(owner):
                    return WitnessAnswer.Refused(429, "This log is cosigned too often; try again in a second.");
                default:
                    var held = await watch.HoldAsync(checkpoint, note, caller ?? owner, isPaced: false, cancellationToken);
                    if (watch.IsDistrusted(checkpoint.Origin)) return Refuse(checkpoint, caller, 403, "This log has signed two histories; its key is not trusted here until the operator says so.");
                    if (held is not null && held.Head.Root != checkpoint.Root) return Refuse(checkpoint, caller, 422, "Another root is held here for this size.");
                    if (await TryCosignAsync(request.Note, checkpoint, note, latest, cancellationToken) is { } line) return WitnessAnswer.Cosigned(line);
                    break;
            }
        }
        // Others' checkpoints took the place each time.
        return WitnessAnswer.OtherSize((await store.GetLatestAsync(checkpoint.Origin, cancellationToken))?.Head.Size ?? begin.Size);
    }

    /// <summary>The newest cosigned checkpoint of the log whose origin has this SHA-256 in lower-case hexadecimal, as a note; null when there is none.</summary>
    public async Task<string?> GetCheckpointAsync(string originHash, CancellationToken cancellationToken)
        => directory.Peers.SelectMany(peer => peer.Keys.Cards.Select(card => card.Card.LogKey.Name)).FirstOrDefault(origin => WitnessClient.HashOf(origin) == originHash) is { } known
            ? (await store.GetLatestAsync(known, cancellationToken))?.Note
            : null;

    /// <returns>The cosignature's line; null when another checkpoint was stored meanwhile.</returns>
    private async Task<string?> TryCosignAsync(SignedNote submitted, Checkpoint checkpoint, string note, WitnessedCheckpoint? latest, CancellationToken cancellationToken)
    {
        long unixTimeS = time.GetUtcNow().ToUnixTimeSeconds();
        string line = submitted.Cosign(identity.WitnessSigner, unixTimeS).ToString().Split('\n')[^2];
        long latestSize = latest?.Head.Size ?? 0;
        // Of the same size nothing new is to be kept: what was cosigned stands.
        if (checkpoint.Size == latestSize) return line;
        var next = new WitnessedCheckpoint(checkpoint.Origin, new LogHead(checkpoint.Size, checkpoint.Root), $"{note}{line}\n", unixTimeS);
        if (!await store.TryAdvanceAsync(next, latestSize, cancellationToken)) return null;
        watch.Cosigned(next, latest);
        return line;
    }

    private WitnessAnswer Refuse(Checkpoint checkpoint, PartnerId? caller, int status, string reason)
    {
        NodeLog.NotCosigned(logger, checkpoint.Origin, checkpoint.Size, caller?.Value ?? "somebody", status, reason);
        return WitnessAnswer.Refused(status, reason);
    }
}

/// <summary>An answer in HTTP's terms.</summary>
public sealed record WitnessAnswer(int Status, string MediaType, string Body)
{
    private const string Text = "text/plain; charset=utf-8";

    /// <summary>200 with a signature line.</summary>
    public static WitnessAnswer Cosigned(string line) => new(200, Text, $"{line}\n");

    /// <summary>409 with the size that is held.</summary>
    public static WitnessAnswer OtherSize(long size) => new(409, "text/x.tlog.size", string.Create(CultureInfo.InvariantCulture, $"{size}\n"));

    public static WitnessAnswer Refused(int status, string reason) => new(status, Text, $"{reason}\n");
}
