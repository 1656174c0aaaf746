using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>Hash of a complete subtree of the log; level 0 holds the leaves. Append-only by grant.</summary>
internal sealed class LogNodeRow
{
    public short Level { get; init; }
    public long Index { get; init; }
    public required byte[] Hash { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<LogNodeRow>
    {
        public void Configure(EntityTypeBuilder<LogNodeRow> row) => row.HasKey(node => new { node.Level, node.Index });
    }
}
