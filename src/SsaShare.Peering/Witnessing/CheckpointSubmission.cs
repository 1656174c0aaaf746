using System.Net;
using System.Net.Http;
using System.Text;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Transparency;

namespace SsaShare.Peering;

/// <summary>Brings one checkpoint to one witness: learns from where it wants the proof, sends it, verifies and keeps the cosignature.</summary>
public sealed class CheckpointSubmission(PeerDirectory directory, IWitnessClient client, OwnLog own, INodeLog log, ICosignedCheckpoints cosigned, WitnessStandings standings,
    TimeProvider time, ILogger<CheckpointSubmission> logger)
{
    /// <summary>How far a witness's clock may be from this node's, either way.</summary>
    public static readonly TimeSpan ClockToleranceMax = TimeSpan.FromMinutes(5);

    private const int RoundsMax = 4;

    /// <param name="witness">The peer.</param>
    /// <param name="head">Size and root of the checkpoint.</param>
    /// <param name="note">The checkpoint as signed by this node.</param>
    /// <param name="heldSize">The size that the witness is thought to hold.</param>
    /// <returns>The size that it holds now; null when it has not cosigned, for a reason that <see cref="WitnessStandings"/> has.</returns>
    public async Task<long?> SubmitAsync(PartnerId witness, LogHead head, string note, long heldSize, CancellationToken cancellationToken)
    {
        for (int round = 0; round < RoundsMax; round++)
        {
            if (heldSize > head.Size || round == RoundsMax - 1) return await ExplainAsync(witness, $"it holds {heldSize} entries, this log has {head.Size}", cancellationToken);
            var request = new AddCheckpointRequest(heldSize, await log.ProveConsistencyAsync(heldSize, head.Size, cancellationToken), Parse(note));
            var reply = await client.AddCheckpointAsync(witness, request, cancellationToken);
            switch (reply.Status)
            {
                case HttpStatusCode.OK:
                    return await KeepAsync(witness, head, note, reply.Body, cancellationToken) ? head.Size : null;
                case HttpStatusCode.Conflict when reply.LatestSize is { } latest:
                    heldSize = latest;
                    break;
                case HttpStatusCode.UnprocessableEntity:
                    return await ExplainAsync(witness, $"422 {reply.Shown}", cancellationToken);
                default:
                    return Fail(witness, $"it answers {(int)reply.Status} {reply.Shown}");
            }
        }
        return null;
    }

    /// <summary>The witness holds what this log does not extend: what it holds says whether this log has gone back.</summary>
    private async Task<long?> ExplainAsync(PartnerId witness, string reason, CancellationToken cancellationToken)
    {
        if (await client.GetCheckpointAsync(witness, own.Origin, cancellationToken) is { } note) await own.CompareAsync(note, $"'{witness}'", cancellationToken);
        return Fail(witness, reason);
    }

    private async Task<bool> KeepAsync(PartnerId witness, LogHead head, string note, string body, CancellationToken cancellationToken)
    {
        if (directory.WitnessKey(witness, Utc.FromDateTime(time.GetUtcNow())) is not { } key) return Fail(witness, "its witness key is not known") is not null;
        foreach (string line in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!SignedNote.TryParse(Encoding.UTF8.GetBytes($"{note}{line}\n"), out var signed, out _)) return Fail(witness, "its answer is not signature lines") is not null;
            var last = signed.Signatures[^1];
            if (last.Name != key.Name || last.KeyHash != key.KeyHash) continue;
            if (!Cosignature.TryFind(signed, [key], out var found, out string? fault)) return Fail(witness, fault) is not null;
            if (found.Count != 1 || CosignedCheckpoint.ToEpoch(found[0].UnixTimeS) is not { } at || !IsNear(at)) return Fail(witness, "its clock is too far from this node's") is not null;
            await cosigned.AddAsync(head, note, new CosignatureLine(witness, found[0].UnixTimeS, line), cancellationToken);
            standings.Cosigned(witness, head.Size, at);
            PeeringMetrics.Cosigned(witness);
            return true;
        }
        return Fail(witness, "its answer has no line of the witness key that is on its card") is not null;
    }

    private bool IsNear(Epoch at) => Math.Abs(at.SecondsSince(Utc.FromDateTime(time.GetUtcNow()))) <= ClockToleranceMax.TotalSeconds;

    private long? Fail(PartnerId witness, string reason)
    {
        // Once for each reason: a peer that has not pinned this node gives the same one for days.
        if (standings.Failed(witness, reason)) PeeringLog.NotCosigned(logger, witness, reason);
        return null;
    }

    private static SignedNote Parse(string note) => SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var signed, out string? fault) ? signed : throw new InvalidDataException(fault);
}
