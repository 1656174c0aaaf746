using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>The one row that says which database this is.</summary>
internal sealed class NodeRow
{
    public short Id { get; init; }

    /// <summary>Which database it is, and every backup of it; part of every cursor. See <see cref="Exchange.FeedEpoch"/>.</summary>
    public Guid Epoch { get; init; }

    public DateTime Created { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<NodeRow>
    {
        public void Configure(EntityTypeBuilder<NodeRow> row)
        {
            row.HasKey(node => node.Id);
            row.Property(node => node.Id).ValueGeneratedNever();
        }
    }
}
