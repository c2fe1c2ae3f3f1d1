package com.oceanbase.odp.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.routing.TableDesign.KeyRow;
import com.oceanbase.odp.testkit.cluster.Journal;
import com.oceanbase.odp.testkit.cluster.JournalEntry;
import com.oceanbase.odp.testkit.cluster.JournalEntry.PartitionHit;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A catalogue of statements over many table designs: each lands on the node that leads its partition. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteCatalogueTest {
    private final Environment environment;
    private final List<TableDesign> designs = TableDesign.all();
    private String database = "";

    RouteCatalogueTest(Environment environment) {
        this.environment = environment;
    }

    @BeforeAll
    void createTables() {
        database = environment.newDatabase();
        for (TableDesign design : designs) {
            environment.cluster().sql(database, design.createTable());
        }
    }

    @Test
    void theCatalogueIsLarge() {
        assertThat(designs).hasSizeGreaterThanOrEqualTo(40);
        assertThat(statements()).hasSizeGreaterThanOrEqualTo(300);
    }

    private List<String> statements() {
        List<String> texts = new ArrayList<>();
        for (TableDesign design : designs) {
            List<KeyRow> rows = design.rows();
            int next = 0;
            for (StatementShape shape : StatementShape.values()) {
                texts.add(shape.text(design, rows.get(next++ % rows.size())));
            }
        }
        return texts;
    }

    @Test
    void everyStatementLandsOnTheLeaderOfItsPartition() throws IOException {
        List<String> astray = new ArrayList<>();
        try (RawClient client = environment.raw(database)) {
            client.query("set time_zone = '+08:00'");
            for (String text : statements()) {
                Journal.Mark mark = environment.cluster().journal().mark();
                Response answer = client.query(text);
                if (answer.isError()) {
                    astray.add(answer.error().message() + ": " + text);
                    continue;
                }
                JournalEntry entry = environment
                        .cluster()
                        .journal()
                        .since(mark)
                        .withoutInner()
                        .where(each -> each.text().equals(text))
                        .entries()
                        .getFirst();
                if (entry.hit() != PartitionHit.HIT) {
                    astray.add(entry.hit() + " on node " + entry.node() + ": " + text);
                }
            }
        }
        assertThat(astray).as("%s statements", statements().size()).isEmpty();
    }
}
