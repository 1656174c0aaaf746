using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>Suspensions, resumptions and revocations with their signatures.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122060600_Transitions")]
internal sealed class M006Transitions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE agreement_transition (
                agreement bytea NOT NULL,
                party text NOT NULL,
                sequence int NOT NULL CONSTRAINT ck_agreement_transition_sequence CHECK (sequence > 0),
                document bytea NOT NULL,
                key_id bytea NOT NULL,
                signature bytea NOT NULL,
                log_index bigint NOT NULL,
                CONSTRAINT pk_agreement_transition PRIMARY KEY (agreement, party, sequence),
                CONSTRAINT fk_agreement_transition_agreement FOREIGN KEY (agreement) REFERENCES agreement,
                CONSTRAINT fk_agreement_transition_log_entry FOREIGN KEY (log_index) REFERENCES log_entry);
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE agreement_transition");
    }
}
