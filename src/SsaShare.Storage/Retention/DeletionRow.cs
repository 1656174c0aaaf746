using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>What this node deleted of one provider's, and told so. Append-only by grant.</summary>
internal sealed class DeletionRow
{
    /// <summary>SHA-256 of the document.</summary>
    public required byte[] Id { get; init; }

    public long LogIndex { get; init; }
    public required string Provider { get; init; }
    public required byte[] Agreement { get; init; }
    public required byte[] Document { get; init; }
    public required byte[] KeyId { get; init; }
    public required byte[] Signature { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DeletionRow>
    {
        public void Configure(EntityTypeBuilder<DeletionRow> row)
        {
            row.HasKey(deletion => deletion.Id);
            row.HasOne<AgreementRow>().WithMany().HasForeignKey(deletion => deletion.Agreement).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<LogEntryRow>().WithOne().HasForeignKey<DeletionRow>(deletion => deletion.LogIndex).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(deletion => deletion.LogIndex).IsUnique().HasDatabaseName("ux_deletion_log_index");
        }
    }
}
