using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Checks a whole tiled log, ours or another's (C2SP tlog-tiles): checkpoint, tiles, entries, growth and cosignatures.</summary>
/// <remarks>
/// From the signed root downwards: every tile is checked against the hash above it before anything below is read, so that a wrong one is
/// named by its path. Read as a stream: a tile of each level and a few bundles are in memory, whatever the log's size.
/// </remarks>
public sealed class TlogVerifier
{
    /// <summary>Most wrong resources that are named.</summary>
    public const int FaultsMax = 20;

    private readonly ITileSource _source;
    private readonly LogTrust _trust;
    private readonly VerificationReport _report = new();

    /// <param name="source">Where the log is read.</param>
    /// <param name="trust">Whom the caller believes.</param>
    public TlogVerifier(ITileSource source, LogTrust trust) => (_source, _trust) = (source, trust);

    /// <summary>An older checkpoint of the log: the log must have grown from it. Null for none.</summary>
    public SignedNote? Older { get; init; }

    /// <summary>Tiles and bundles that end at or below this index are not read: they were verified before, or pruned. Default 0; above the log's size nothing is verified, and that fails.</summary>
    public long FromIndex { get; init; }

    /// <summary>Bundles read at the same time. Default 8.</summary>
    public int Parallelism { get; init; } = 8;

    /// <summary>Verifies once; a verifier is not used again.</summary>
    /// <exception cref="TileSourceException">The source cannot be read now; that says nothing about the log.</exception>
    public async Task<TlogVerification> VerifyAsync(IProgress<TlogProgress>? progress, CancellationToken cancellationToken)
    {
        SignedNote? note = await ReadNoteAsync(cancellationToken).ConfigureAwait(false);
        if (note is null || !_trust.TryOpen(_report, note, out Checkpoint? checkpoint, out IReadOnlyList<Cosignature> cosignatures))
        {
            return new TlogVerification(_report, null, note, [], Entries: 0);
        }

        if (FromIndex > checkpoint.Size)
        {
            _report.Add("from", false, $"The log has {checkpoint.Size} entries, and only those from index {FromIndex} on were to be read: it is not the log of which the others were verified before, or an old state of it.");
            return new TlogVerification(_report, checkpoint, note, cosignatures, Entries: 0);
        }

        var tree = new TiledTree(_source, checkpoint.Size);
        var walk = new TileWalk(tree, FromIndex, FaultsMax, progress);
        // Tiles are looked at also when growth is not shown: it may be a tile that is wrong.
        await AddGrowthAsync(tree, checkpoint, cancellationToken).ConfigureAwait(false);
        if (await EdgeAsync(walk, checkpoint, cancellationToken).ConfigureAwait(false))
        {
            await walk.RunAsync(Parallelism, cancellationToken).ConfigureAwait(false);
            AddWalk(walk, checkpoint);
        }

        return new TlogVerification(_report, checkpoint, note, cosignatures, walk.Entries);
    }

    private async Task<SignedNote?> ReadNoteAsync(CancellationToken cancellationToken)
    {
        try
        {
            byte[]? bytes = await _source.ReadAsync(TilePath.Checkpoint, SignedNote.MaxBytes, cancellationToken).ConfigureAwait(false);
            string? fault = "There is no file 'checkpoint': this is no tiled log, or it has signed nothing.";
            if (bytes is not null && SignedNote.TryParse(bytes, out SignedNote? note, out fault))
            {
                return note;
            }

            _report.Add("checkpoint", false, fault!);
        }
        catch (TileException e)
        {
            _report.Add("checkpoint", false, e.Reason);
        }

        return null;
    }

    /// <summary>The proof is checked against both signed roots, hence it does not matter whether the tiles that it comes from are right.</summary>
    private async Task AddGrowthAsync(TiledTree tree, Checkpoint newer, CancellationToken cancellationToken)
    {
        const string Step = "growth";
        if (Older is null || !_trust.TryOpenLog(_report, "older checkpoint", Older, out Checkpoint? older))
        {
            return;
        }

        if (older.Size > newer.Size)
        {
            _report.Add(Step, false, $"The older checkpoint has {older.Size} entries and this one {newer.Size}: entries were taken away, or an old state of the log is shown.");
            return;
        }

        if (older.Size == newer.Size || older.Size == 0)
        {
            bool same = older.Size == 0 || older.Root == newer.Root;
            _report.Add(Step, same, same
                ? $"The log grew from {older.Size} to {newer.Size} entries."
                : $"Both checkpoints have {newer.Size} entries and different roots: two histories are signed. Keep both notes, they prove it.");
            return;
        }

        try
        {
            IEnumerable<MerkleNode> nodes = ConsistencyProof.Ranges(older.Size, newer.Size).SelectMany(range => range.CompleteSubtrees());
            MerkleNodeReader reader = await tree.LoadAsync(nodes, cancellationToken).ConfigureAwait(false);
            bool grew = ConsistencyProof.Verify(older.Size, newer.Size, older.Root, newer.Root, ConsistencyProof.Create(older.Size, newer.Size, reader));
            _report.Add(Step, grew, grew
                ? $"The first {older.Size} entries are those of the older checkpoint."
                : $"The first {older.Size} entries are not those of the older checkpoint: history was rewritten, or the tiles are wrong. Keep both notes.");
        }
        catch (TileException e)
        {
            _report.Add(Step, false, $"{e.Message} Without it growth is not shown.");
        }
    }

    private async Task<bool> EdgeAsync(TileWalk walk, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        const string Step = "right edge";
        try
        {
            Hash256 root = await walk.ReadEdgeAsync(cancellationToken).ConfigureAwait(false);
            return _report.Add(Step, root == checkpoint.Root, root == checkpoint.Root
                ? "The tiles at the right edge lead to the signed root."
                : $"The tiles at the right edge ({string.Join(", ", walk.EdgePaths)}) lead to another root than the signed one: one of them was changed, or they are of another size.");
        }
        catch (TileException e)
        {
            return _report.Add(Step, false, e.Message);
        }
    }

    private void AddWalk(TileWalk walk, Checkpoint checkpoint)
    {
        foreach (TileException fault in walk.Faults)
        {
            _report.Add(fault.Path, false, fault.Reason);
        }

        if (walk.Faults.Count == 0)
        {
            _report.Add("tiles", true, $"Each of {walk.Tiles} tiles has the hash that the tile above it, and at last the signed root, says.");
            _report.Add("entries", true, FromIndex > 0
                ? $"Each of {walk.Entries} entries up to {checkpoint.Size} is the one in the tree; those before index {FromIndex} were not read."
                : $"Each of {walk.Entries} entries is the one in the tree.");
        }
        else if (walk.Faults.Count >= FaultsMax)
        {
            _report.Add("further", false, $"After {FaultsMax} wrong tiles and bundles no more were read.");
        }
    }
}
