using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>An answer to a pull that has passed every check and may be stored.</summary>
public sealed record Batch(SignedDocument SignedManifest, ManifestDocument Manifest, IReadOnlyList<ReceivedSlice> Slices, ReadOnlyMemory<byte> Cursor)
{
    public int ItemCount => Slices.Sum(slice => slice.Slice.Records.Count);

    /// <summary>
    /// Checks an answer: the provider's signature, that it continues where this node stood and carries a checkpoint of the provider's log,
    /// that every record is of a publication its originator signed, that the agreement grants each, and that the manifest lists exactly these.
    /// </summary>
    /// <param name="answer">As received.</param>
    /// <param name="expected">Agreement, provider, receiver and the state so far.</param>
    /// <param name="originatorKey">Pinned key of a partner; null where none is pinned.</param>
    /// <param name="logKey">Pinned log key of a partner; null where none is pinned.</param>
    /// <param name="decide">The agreement applied to one record.</param>
    /// <param name="fault">The reason, when null is returned. Nothing of the answer may then be used.</param>
    public static Batch? Check(PullAnswer answer, ExpectedAnswer expected, Func<PartnerId, VerificationKey?> originatorKey,
        Func<PartnerId, NoteVerifier?> logKey, Func<RecordFacts, ReleaseDecision> decide, out string fault)
    {
        if (originatorKey(expected.Provider) is not { } providerKey || !answer.Manifest.Verify(providerKey, DocumentContexts.Manifest))
            return Refuse("The manifest's signature is not the provider's.", out fault);
        if (!DocumentJson.TryRead<ManifestDocument>(answer.Manifest.Payload.Span, DocumentContexts.Manifest, out var manifest))
            return Refuse("The manifest is not a well-formed document.", out fault);
        if ((manifest.Agreement, manifest.Provider, manifest.Receiver) != (expected.Agreement, expected.Provider, expected.Receiver))
            return Refuse("The manifest names another agreement or other parties.", out fault);
        if (manifest.AfterPosition != expected.State.Position || manifest.Previous != expected.State.Manifest || manifest.ToPosition < manifest.AfterPosition)
            return Refuse($"The manifest covers positions after {manifest.AfterPosition}; this node stands at {expected.State.Position}.", out fault);

        string? noteFault = "No log key is pinned.";
        if (logKey(expected.Provider) is not { } noteKey || !Checkpoint.TryOpen(Encoding.UTF8.GetBytes(manifest.Checkpoint), noteKey, out _, out noteFault))
            return Refuse($"The manifest's checkpoint is not one of the provider's log: {noteFault}", out fault);

        var slices = new List<ReceivedSlice>(answer.Slices.Count);
        var leaves = new List<Hash256>();
        foreach (var slice in answer.Slices)
        {
            if (slice.Verify(originatorKey, out string sliceFault) is not { } publication) return Refuse(sliceFault, out fault);
            foreach (var record in slice.Records)
            {
                if (record.Record.Facts.Originator != publication.Originator)
                    return Refuse($"Record {record.Record.Id} is not of the publication's originator.", out fault);
                if (decide(record.Record.Facts) is { IsReleased: false } decision)
                    return Refuse($"Record {record.Record.Id} is outside the agreement: {decision.Reason}.", out fault);
                leaves.Add(record.LeafHash);
            }
            slices.Add(new ReceivedSlice(slice, publication));
        }
        if (manifest.ItemCount != leaves.Count || manifest.PublicationCount != slices.Count || manifest.ItemRoot != MerkleTree.Root([.. leaves]))
            return Refuse("The manifest does not list exactly the records that came with it.", out fault);
        fault = "";
        return new Batch(answer.Manifest, manifest, slices, answer.Cursor);
    }

    /// <summary>The receipt for this batch, signed by the receiver when it stores it.</summary>
    public SignedDocument Receipt(SigningKey key, Epoch now)
        => SignedDocument.Sign(key, DocumentContexts.Receipt, DocumentJson.Write(new ReceiptDocument(
            DocumentContexts.Receipt.Text, SignedManifest.Id, Manifest.Receiver, ItemCount, Manifest.ItemRoot, now)));

    private static Batch? Refuse(string reason, out string fault)
    {
        fault = reason;
        return null;
    }
}

/// <summary>A slice with its publication read.</summary>
public sealed record ReceivedSlice(PublicationSlice Slice, PublicationDocument Publication);

/// <summary>What an answer must continue.</summary>
public sealed record ExpectedAnswer(AgreementId Agreement, PartnerId Provider, PartnerId Receiver, InboxState State);
