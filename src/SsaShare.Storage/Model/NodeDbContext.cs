using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace SsaShare.Storage;

/// <summary>The tables of one node. Names are fixed by rule here, and a test compares them with the migrated database.</summary>
internal sealed class NodeDbContext(DbContextOptions<NodeDbContext> options) : DbContext(options)
{
    /// <summary>Gives every publication row its key before its records are copied; keys may have gaps and say nothing about order.</summary>
    public const string PublicationKeySequence = "publication_key";

    /// <summary>Called before rows are written: what they refer to and is not written through this context goes first.</summary>
    public Func<CancellationToken, Task>? BeforeSaving { get; set; }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (BeforeSaving is { } before) await before(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
        => configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasSequence<long>(PublicationKeySequence);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NodeDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            string table = SnakeCase(entity.ClrType.Name[..^"Row".Length]);
            entity.SetTableName(table);
            foreach (var property in entity.GetProperties()) property.SetColumnName(SnakeCase(property.Name));
            foreach (var key in entity.GetKeys()) key.SetName($"pk_{table}");
            // The second of two keys to one table has a name of its own.
            foreach (var foreignKey in entity.GetForeignKeys().Where(key => key.FindAnnotation(RelationalAnnotationNames.Name) is null))
                foreignKey.SetConstraintName($"fk_{table}_{SnakeCase(foreignKey.PrincipalEntityType.ClrType.Name[..^"Row".Length])}");
        }
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
