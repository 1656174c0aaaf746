using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>A partner's node card as it was pinned, and this node's own first one.</summary>
internal sealed class PeerRow
{
    public required string Partner { get; init; }

    /// <summary>DSSE JSON as signed.</summary>
    public required byte[] Card { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PeerRow>
    {
        public void Configure(EntityTypeBuilder<PeerRow> row) => row.HasKey(peer => peer.Partner);
    }
}
