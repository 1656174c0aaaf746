using System.Globalization;
using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>A log in memory with a key of its own, and as many histories of it as a test wants.</summary>
internal sealed class GrowingLog(string partner, string history = "") : IDisposable
{
    public PartnerId Owner { get; } = PartnerId.Parse(partner);
    public NoteSigner Signer { get; private init; } = NoteSigner.Generate(NoteNames.OfLog(PartnerId.Parse(partner)));

    /// <summary>The same log's key over another history from some entry on: what an operator who rewrites has.</summary>
    public GrowingLog Fork() => new(Owner.Value, "another ") { Signer = Signer };

    public LogHead Head(long size) => new(size, MerkleTree.Root(Leaves(size)));

    public SignedNote Note(long size) => new Checkpoint(Signer.Name, size, Head(size).Root).Sign(Signer);

    public Hash256[] Proof(long from, long to)
        => from == 0 ? [] : [.. ConsistencyProof.Ranges(from, to).Select(range => MerkleTree.Root(Leaves(to).AsSpan((int)range.Start, (int)range.Length)))];

    public AddCheckpointRequest Request(long from, long to) => new(from, Proof(from, to), Note(to));

    public void Dispose() => Signer.Dispose();

    private Hash256[] Leaves(long size)
        => [.. Enumerable.Range(0, (int)size).Select(index => MerkleHash.Leaf(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{history}entry {index}"))))];
}
