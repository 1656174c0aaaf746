using System.ComponentModel.DataAnnotations;

namespace SsaShare.Node;

/// <summary>How much of what was refused is kept.</summary>
public sealed class QuarantineOptions
{
    /// <summary>What all entries together may take, bytes. When it is exceeded, closed entries are dropped, then the oldest. Default 256 MiB, from 1 MiB to 1 TiB.</summary>
    [Range(1L << 20, 1L << 40)]
    public long BytesMax { get; set; } = 256L << 20;
}
