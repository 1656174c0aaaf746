using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A signed checkpoint of a committed size. Append-only by grant.</summary>
internal sealed class LogCheckpointRow
{
    public long Size { get; init; }
    public required byte[] Root { get; init; }
    public required string Note { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<LogCheckpointRow>
    {
        public void Configure(EntityTypeBuilder<LogCheckpointRow> row)
        {
            row.HasKey(checkpoint => checkpoint.Size);
            row.Property(checkpoint => checkpoint.Size).ValueGeneratedNever();
        }
    }
}
