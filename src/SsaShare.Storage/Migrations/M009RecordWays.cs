using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>Finds the further ways by which one record came, without reading all of them.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122060900_RecordWays")]
internal sealed class M009RecordWays : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        => migrationBuilder.Sql("CREATE INDEX ix_record_path_record ON record_path (record);");
}
