using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>Time-stamps that authorities have given for checkpoints of the log.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122061500_Timestamps")]
internal sealed class M015Timestamps : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE checkpoint_timestamp (
                size bigint NOT NULL,
                time_ns bigint NOT NULL,
                note text NOT NULL,
                token bytea NOT NULL,
                CONSTRAINT pk_checkpoint_timestamp PRIMARY KEY (size, time_ns)
            );
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE checkpoint_timestamp");
    }
}
