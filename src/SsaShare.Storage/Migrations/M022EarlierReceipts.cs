using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>A second receipt that has still to ride on a pull: a node that asks for the next answer while it stores the last one sends each receipt one pull later.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122062200_EarlierReceipts")]
internal sealed class M022EarlierReceipts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        => migrationBuilder.Sql("ALTER TABLE inbox ADD COLUMN earlier_receipt bytea CONSTRAINT fk_inbox_earlier_receipt REFERENCES receipt_issued;");
}
