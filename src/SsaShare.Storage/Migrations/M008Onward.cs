using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>What records that are passed on bring along.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122060800_Onward")]
internal sealed class M008Onward : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE carried_terms (
                publication bigint NOT NULL,
                ordinal smallint NOT NULL CONSTRAINT ck_carried_terms_ordinal CHECK (ordinal >= 0),
                terms bytea NOT NULL,
                indexes smallint[] NOT NULL,
                CONSTRAINT pk_carried_terms PRIMARY KEY (publication, ordinal),
                CONSTRAINT fk_carried_terms_publication FOREIGN KEY (publication) REFERENCES publication);
            ALTER TABLE publication ADD COLUMN received_ns bigint CONSTRAINT ck_publication_received_ns CHECK (received_ns IS NULL OR provider IS NOT NULL);
            CREATE INDEX ix_publication_received_arrival ON publication (arrival) WHERE provider IS NOT NULL;
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE carried_terms");
    }
}
