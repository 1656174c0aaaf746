using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>How large a provider's log is at least, by what it has given. Of what was given before this migration nothing is asked.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122061600_InboxLogSize")]
internal sealed class M016InboxLogSize : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        => migrationBuilder.Sql("ALTER TABLE inbox ADD COLUMN log_size_min bigint NOT NULL DEFAULT 0 CONSTRAINT ck_inbox_log_size_min CHECK (log_size_min >= 0);");
}
