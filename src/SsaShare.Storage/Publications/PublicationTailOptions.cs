using System.ComponentModel.DataAnnotations;

namespace SsaShare.Storage;

/// <summary>How much of what was published last is kept in memory.</summary>
public sealed class PublicationTailOptions
{
    /// <summary>About what the newest publications of this process may take in memory, bytes; older ones are read from the database. Default 64 MiB, from 0 (nothing is kept) to 16 GiB.</summary>
    [Range(0L, 16L << 30)]
    public long BytesMax { get; set; } = 64L << 20;
}
