using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SsaShare.Storage;

/// <summary>That an entry of the log lists records of a publication: what finds it again. Append-only by grant; written by plain SQL.</summary>
internal sealed class LogPublicationRow
{
    /// <summary>Of the log's entry.</summary>
    public long Index { get; init; }

    /// <summary>SHA-256 of the publication's document.</summary>
    public required byte[] Publication { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<LogPublicationRow>
    {
        public void Configure(EntityTypeBuilder<LogPublicationRow> row)
        {
            row.HasKey(about => new { about.Index, about.Publication });
            row.HasIndex(about => new { about.Publication, about.Index }).HasDatabaseName("ix_log_publication_publication");
            row.HasOne<LogEntryRow>().WithMany().HasForeignKey(about => about.Index).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
