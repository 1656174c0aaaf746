using Google.Protobuf;
using Google.Protobuf.Collections;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using V1 = SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Protocol;

/// <summary>Answers to pulls.</summary>
public static class PullMapper
{
    public static V1.PullResponse ToWire(this PullAnswer answer)
    {
        var wire = new V1.PullResponse { Manifest = answer.Manifest.ToWire(), Cursor = UnsafeByteOperations.UnsafeWrap(answer.Cursor), CosignedCheckpoint = answer.CosignedCheckpoint };
        wire.PeerCheckpoints.AddRange(answer.PeerCheckpoints);
        wire.CheckpointProof.AddRange(answer.CheckpointProof.Select(hash => hash.ToWire()));
        wire.Slices.AddRange(answer.Slices.Select(ToWire));
        return wire;
    }

    /// <returns>Null, with the reason, when anything in it cannot be read; a record of an unknown class is such a thing.</returns>
    public static PullAnswer? TryRead(V1.PullResponse wire, out string fault)
    {
        fault = "";
        if (DocumentMapper.TryRead(wire.Manifest) is not { } manifest) return Refuse("The manifest is missing or malformed.", out fault);
        var slices = new List<PublicationSlice>(wire.Slices.Count);
        foreach (var slice in wire.Slices)
        {
            if (TryRead(slice, out string sliceFault) is not { } read) return Refuse(sliceFault, out fault);
            slices.Add(read);
        }
        if (wire.CosignedCheckpoint.Length > PullAnswer.NoteCharactersMax) return Refuse("The cosigned checkpoint is too long.", out fault);
        if (wire.CheckpointProof.Count > AddCheckpointRequest.ProofMax || TryRead(wire.CheckpointProof) is not { } proof)
            return Refuse("The proof between the checkpoints is too long, or a hash of it is not 32 bytes.", out fault);
        return new PullAnswer(manifest, slices, wire.Cursor.Memory) { CosignedCheckpoint = wire.CosignedCheckpoint, CheckpointProof = proof, PeerCheckpoints = [.. Gossip(wire)] };
    }

    /// <summary>Third partners' checkpoints: one that is too long is passed over, because its signer must not be able to stop what two others exchange.</summary>
    private static IEnumerable<string> Gossip(V1.PullResponse wire) => wire.PeerCheckpoints.Where(note => note.Length <= PullAnswer.NoteCharactersMax).Take(PullAnswer.PeerCheckpointsMax);

    private static V1.PublicationSlice ToWire(PublicationSlice slice)
    {
        var wire = new V1.PublicationSlice { Publication = slice.Document.ToWire(), Traceparent = slice.TraceParent ?? "", Degraded = slice.Degraded?.ToWire() };
        wire.SubsetProof.AddRange(slice.ProofHashes.Select(hash => hash.ToWire()));
        var labels = new Dictionary<Hash256, uint>();
        var carried = new Dictionary<Hash256, uint>();
        foreach (var (index, salt, record, degraded, terms) in slice.Records)
        {
            if (!labels.TryGetValue(record.Label.Hash, out uint label))
            {
                labels.Add(record.Label.Hash, label = (uint)wire.Labels.Count);
                wire.Labels.Add(UnsafeByteOperations.UnsafeWrap(record.Label.Bytes));
            }
            if (terms is not null && !carried.ContainsKey(terms.Hash))
            {
                carried.Add(terms.Hash, (uint)carried.Count);
                wire.CarriedTerms.Add(UnsafeByteOperations.UnsafeWrap(terms.Bytes));
            }
            var item = new V1.PublishedRecord
            {
                Index = (uint)index,
                Salt = UnsafeByteOperations.UnsafeWrap(salt),
                RecordClass = WireEnums.Write(record.Facts.Class),
                Payload = UnsafeByteOperations.UnsafeWrap(record.Payload),
                LabelIndex = label,
                OriginalLeaf = degraded?.OriginalLeaf.ToWire() ?? ByteString.Empty,
                DegradedIndex = (uint)(degraded?.Index ?? 0),
            };
            if (terms is not null) item.TermsIndex = carried[terms.Hash];
            wire.Records.Add(item);
        }
        return wire;
    }

    private static PublicationSlice? TryRead(V1.PublicationSlice wire, out string fault)
    {
        if (DocumentMapper.TryRead(wire.Publication) is not { } document
            || !DocumentJson.TryRead<PublicationDocument>(document.Payload.Span, DocumentContexts.Publication, out var publication))
            return RefuseSlice("A publication is missing or malformed.", out fault);
        if (wire.Records.Count is 0 or > PublicationDocument.SizeMax || wire.SubsetProof.Count > PublicationDocument.SizeMax)
            return RefuseSlice($"A slice has {wire.Records.Count} records and {wire.SubsetProof.Count} proof hashes.", out fault);

        var labels = new List<SealedLabel>(wire.Labels.Count);
        foreach (var bytes in wire.Labels)
        {
            if (LabelCodec.TryOpen(bytes) is not { } label) return RefuseSlice("A label is malformed or holds a value that this version does not know.", out fault);
            labels.Add(label);
        }
        var carried = new List<SealedTerms>(wire.CarriedTerms.Count);
        foreach (var bytes in wire.CarriedTerms)
        {
            if (!CarriedTerms.TryParse(bytes.Span, out var terms)) return RefuseSlice("Carried terms are malformed or hold a value that this version does not know.", out fault);
            carried.Add(new SealedTerms(bytes.Memory, terms));
        }
        var records = new List<PublishedRecord>(wire.Records.Count);
        foreach (var item in wire.Records)
        {
            if (item.Salt.Length != PublicationLeaf.SaltSize || item.LabelIndex >= labels.Count || item.Index >= PublicationDocument.SizeMax)
                return RefuseSlice($"Record {item.Index} has a malformed salt, label or index.", out fault);
            if (!WireEnums.TryRead(item.RecordClass, out var recordClass))
                return RefuseSlice($"Record {item.Index} is of a class that this version does not know: {(int)item.RecordClass}.", out fault);
            if (RecordFactory.TryOpen(recordClass, item.Payload.Memory, labels[(int)item.LabelIndex], publication.Originator, publication.Published) is not { } record)
                return RefuseSlice($"The payload of record {item.Index} is not a well-formed {recordClass}.", out fault);
            DegradedFrom? from = null;
            if (wire.Degraded is not null)
            {
                if (!Hash256.TryCreate(item.OriginalLeaf.Span, out var original) || item.DegradedIndex >= PublicationDocument.SizeMax)
                    return RefuseSlice($"Degraded record {item.Index} has a malformed leaf or place.", out fault);
                from = new DegradedFrom(original, (int)item.DegradedIndex);
            }
            else if (!item.OriginalLeaf.IsEmpty) return RefuseSlice($"Record {item.Index} names an original, and nobody has signed that it was degraded.", out fault);
            if (item.HasTermsIndex && item.TermsIndex >= carried.Count) return RefuseSlice($"Record {item.Index} names terms that are not there.", out fault);
            records.Add(new PublishedRecord((int)item.Index, item.Salt.Memory, record, from, item.HasTermsIndex ? carried[(int)item.TermsIndex] : null));
        }
        if (TryRead(wire.SubsetProof) is not { } proof) return RefuseSlice("A proof hash is not 32 bytes.", out fault);
        DegradedPart? degraded = null;
        if (wire.Degraded is { } part)
        {
            if (DocumentMapper.TryRead(part.Document) is not { } statement || part.SubsetProof.Count > PublicationDocument.SizeMax || TryRead(part.SubsetProof) is not { } partProof)
                return RefuseSlice("A statement of degradation is missing or malformed.", out fault);
            degraded = new DegradedPart(statement, partProof);
        }
        fault = "";
        return new PublicationSlice(document, records, proof, wire.Traceparent.Length == 0 || !WireText.IsShort(wire.Traceparent, 64) ? null : wire.Traceparent, degraded);
    }

    private static V1.DegradedPart ToWire(this DegradedPart part)
    {
        var wire = new V1.DegradedPart { Document = part.Document.ToWire() };
        wire.SubsetProof.AddRange(part.ProofHashes.Select(hash => hash.ToWire()));
        return wire;
    }

    /// <returns>Null when one is not 32 bytes.</returns>
    private static Hash256[]? TryRead(RepeatedField<ByteString> hashes)
    {
        var read = new Hash256[hashes.Count];
        for (int i = 0; i < read.Length; i++)
            if (!Hash256.TryCreate(hashes[i].Span, out read[i])) return null;
        return read;
    }

    private static PullAnswer? Refuse(string reason, out string fault)
    {
        fault = reason;
        return null;
    }

    private static PublicationSlice? RefuseSlice(string reason, out string fault)
    {
        fault = reason;
        return null;
    }
}
