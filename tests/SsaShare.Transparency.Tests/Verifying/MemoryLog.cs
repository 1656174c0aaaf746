using System.Text;
using SsaShare.Signing;
using SsaShare.Transparency.Tests.Merkle;

namespace SsaShare.Transparency.Tests.Verifying;

/// <summary>A tiled log in memory, written down level by level as C2SP tlog-tiles defines its tiles, with the reference code for its hashes.</summary>
internal sealed class MemoryLog : ITileSource, IDisposable
{
    private readonly List<byte[]> _entries = [];

    public NoteSigner Key { get; } = NoteSigner.Generate("log.example/tiles");

    /// <summary>The resources by path; tests damage them.</summary>
    public Dictionary<string, byte[]> Resources { get; } = [];

    /// <summary>Every path that was asked for.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Asked { get; } = [];

    public LogTrust Trust => new([Key.Verifier]);

    public SignedNote Note { get; private set; } = null!;

    public static MemoryLog Of(int size)
    {
        var log = new MemoryLog();
        log.GrowTo(size);
        return log;
    }

    public static byte[] Entry(int index) => Encoding.ASCII.GetBytes($"entry {index}");

    public Hash256[] Leaves(int size) => [.. _entries.Take(size).Select(entry => MerkleHash.Leaf(entry))];

    /// <summary>Adds entries, all tiles of the new size, and a checkpoint for it.</summary>
    public void GrowTo(int size)
    {
        for (int i = _entries.Count; i < size; i++)
        {
            _entries.Add(Entry(i));
        }

        Hash256[] hashes = Leaves(size);
        Note = new Checkpoint(Key.Name, size, Trees.ReferenceRoot(hashes)).Sign(Key);
        Resources[TilePath.Checkpoint] = Note.ToBytes();
        for (int at = 0; at < size; at += 256)
        {
            Resources[TilePath.Entries(at / 256, int.Min(256, size - at))] = EntryBundle.Write([.. _entries.Skip(at).Take(int.Min(256, size - at)).Select(entry => (ReadOnlyMemory<byte>)entry)]);
        }

        for (int level = 0; hashes.Length > 0; level++)
        {
            var above = new List<Hash256>();
            for (int at = 0; at < hashes.Length; at += 256)
            {
                Hash256[] tile = hashes[at..int.Min(at + 256, hashes.Length)];
                Resources[TilePath.Hashes(level, at / 256, tile.Length)] = [.. tile.SelectMany(hash => hash.ToArray())];
                if (tile.Length == 256)
                {
                    above.Add(Trees.ReferenceRoot(tile));
                }
            }

            hashes = [.. above];
        }
    }

    public Task<byte[]?> ReadAsync(string path, int bytesMax, CancellationToken cancellationToken)
    {
        Asked.Enqueue(path);
        byte[]? bytes = Resources.GetValueOrDefault(path);
        return bytes is null || bytes.Length <= bytesMax ? Task.FromResult(bytes) : throw new TileException(path, "is longer than it can be.");
    }

    public void Dispose() => Key.Dispose();
}
