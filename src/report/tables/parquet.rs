//! The tables as Parquet. A missing value is null.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use super::TableWriter;
use super::columns::{Cell, Kind, Table};
use crate::Result;
use crate::report::folder::cannot_write;

/// Rows gathered before they are written: small enough that the longest texts fit in memory.
const ROWS_AT_ONCE: usize = 4096;

/// One file a table.
#[derive(Debug)]
pub(super) struct ParquetTables {
    files: Vec<ParquetTable>,
}

#[derive(Debug)]
struct ParquetTable {
    path: PathBuf,
    schema: SchemaRef,
    columns: Vec<Column>,
    rows: usize,
    writer: ArrowWriter<File>,
}

/// The values of a column that are not written yet.
#[derive(Debug)]
enum Column {
    Text(StringBuilder),
    Integer(Int64Builder),
    Figure(Float64Builder),
    Flag(BooleanBuilder),
}

impl Column {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Column::Text(StringBuilder::new()),
            Kind::Integer => Column::Integer(Int64Builder::new()),
            Kind::Figure => Column::Figure(Float64Builder::new()),
            Kind::Flag => Column::Flag(BooleanBuilder::new()),
        }
    }

    /// Appends a value; one of another kind than the column's becomes null.
    fn push(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Column::Text(column), Cell::Text(text)) => column.append_value(text),
            (Column::Text(column), _) => column.append_null(),
            (Column::Integer(column), &Cell::Integer(number)) => {
                column.append_option(i64::try_from(number).ok());
            }
            (Column::Integer(column), _) => column.append_null(),
            (Column::Figure(column), &Cell::Figure(figure)) => column.append_value(figure),
            (Column::Figure(column), _) => column.append_null(),
            (Column::Flag(column), &Cell::Flag(flag)) => column.append_value(flag),
            (Column::Flag(column), _) => column.append_null(),
        }
    }

    fn take(&mut self) -> ArrayRef {
        match self {
            Column::Text(column) => Arc::new(column.finish()),
            Column::Integer(column) => Arc::new(column.finish()),
            Column::Figure(column) => Arc::new(column.finish()),
            Column::Flag(column) => Arc::new(column.finish()),
        }
    }
}

impl ParquetTable {
    fn create(folder: &Path, table: Table) -> Result<Self> {
        let path = folder.join(format!("{}.parquet", table.name()));
        let fields: Vec<Field> = table
            .columns()
            .iter()
            .map(|&(name, kind)| {
                let data_type = match kind {
                    Kind::Text => DataType::Utf8,
                    Kind::Integer => DataType::Int64,
                    Kind::Figure => DataType::Float64,
                    Kind::Flag => DataType::Boolean,
                };
                Field::new(name, data_type, true)
            })
            .collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let file = File::create(&path).map_err(|error| cannot_write(&path, error))?;
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))
            .map_err(|error| cannot_write(&path, error))?;
        let columns = table.columns().iter().map(|&(_, kind)| Column::new(kind)).collect();
        Ok(ParquetTable { path, schema, columns, rows: 0, writer })
    }

    fn write_gathered(&mut self) -> Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        self.rows = 0;
        let columns = self.columns.iter_mut().map(Column::take).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns)
            .map_err(|error| cannot_write(&self.path, error))?;
        self.writer.write(&batch).map_err(|error| cannot_write(&self.path, error))
    }
}

impl ParquetTables {
    pub(super) fn create(folder: &Path) -> Result<Self> {
        let files = Table::ALL.into_iter().map(|table| ParquetTable::create(folder, table));
        Ok(ParquetTables { files: files.collect::<Result<_>>()? })
    }
}

impl TableWriter for ParquetTables {
    fn write(&mut self, table: Table, cells: Vec<Cell<'_>>) -> Result<()> {
        let file = &mut self.files[table as usize];
        for (column, cell) in file.columns.iter_mut().zip(&cells) {
            column.push(cell);
        }
        file.rows += 1;
        if file.rows == ROWS_AT_ONCE { file.write_gathered() } else { Ok(()) }
    }

    fn finish(self) -> Result<()> {
        for mut table in self.files {
            table.write_gathered()?;
            let ParquetTable { path, writer, .. } = table;
            let file = writer.into_inner().map_err(|error| cannot_write(&path, error))?;
            file.sync_all().map_err(|error| cannot_write(&path, error))?;
        }
        Ok(())
    }
}
