using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>What a holder says that it deleted of what this node had given it. Append-only by grant.</summary>
internal sealed class DeletionReceivedRow
{
    /// <summary>SHA-256 of the document.</summary>
    public required byte[] Id { get; init; }

    public long LogIndex { get; init; }
    public required string Holder { get; init; }
    public required byte[] Agreement { get; init; }
    public required byte[] Document { get; init; }
    public required byte[] KeyId { get; init; }
    public required byte[] Signature { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DeletionReceivedRow>
    {
        public void Configure(EntityTypeBuilder<DeletionReceivedRow> row)
        {
            row.HasKey(deletion => deletion.Id);
            row.HasOne<AgreementRow>().WithMany().HasForeignKey(deletion => deletion.Agreement).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<LogEntryRow>().WithMany().HasForeignKey(deletion => deletion.LogIndex).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(deletion => deletion.LogIndex).HasDatabaseName("ix_deletion_received_log_index");
        }
    }
}
