using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A full tile of the log's tree: 256 hashes of one level, 8 levels apart from the next tiles. Append-only by grant; written and read by plain SQL.</summary>
internal sealed class LogTileRow
{
    /// <summary>Level of tiles: 0 holds leaf hashes, 1 the roots of full tiles of level 0.</summary>
    public short Level { get; init; }
    public long Index { get; init; }

    /// <summary>256 times 32 bytes.</summary>
    public required byte[] Hashes { get; init; }

    /// <summary>Root over the tile's hashes: what a tile of the next level holds of it.</summary>
    public required byte[] Root { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<LogTileRow>
    {
        public void Configure(EntityTypeBuilder<LogTileRow> row) => row.HasKey(tile => new { tile.Level, tile.Index });
    }
}
